import { BitWriter } from './bits.ts';
import type { Colour } from './colour.ts';
import { nal } from './nal.ts';

export interface PictureSize {
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** NAL units of a one-colour H.264 stream (ITU-T H.264, Baseline profile, level 3.0). */
interface ColourStream {
  readonly sequenceParameters: Buffer;
  readonly pictureParameters: Buffer;
  /** One complete picture (IDR), with its start given by a four-byte length as MP4 wants it. */
  readonly picture: (colour: Colour, index: number) => Buffer;
}

const macroblockPixels = 16;

const nalType = { idr: 5, sequence: 7, picture: 8 } as const;
const macroblockType = {
  /** Intra 16x16, DC prediction, nothing coded beyond it. */
  predicted: 3,
  /** Samples follow as they are. */
  pcm: 25,
} as const;

/**
 * Pictures of one colour each. The first macroblock carries the colour as raw samples; every other one
 * is predicted from its neighbours and takes the colour over, so a picture needs only a few hundred bytes.
 * Width and height must be even.
 */
export function colourStream(size: PictureSize): ColourStream {
  const columns = Math.ceil(size.widthPixels / macroblockPixels);
  const rows = Math.ceil(size.heightPixels / macroblockPixels);
  return {
    sequenceParameters: nal(nalType.sequence, sequenceParameters(size, columns, rows)),
    pictureParameters: nal(nalType.picture, pictureParameters()),
    picture(colour, index) {
      const unit = nal(nalType.idr, slice(colour, index, columns, rows));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      return Buffer.concat([length, unit]);
    },
  };
}

/** seq_parameter_set_rbsp, clause 7.3.2.1. */
function sequenceParameters(size: PictureSize, columns: number, rows: number): Buffer {
  const cropRight = (columns * macroblockPixels - size.widthPixels) / 2;
  const cropBottom = (rows * macroblockPixels - size.heightPixels) / 2;
  return new BitWriter()
    .bits(66, 8) // profile_idc: Baseline
    .bits(0b1100_0000, 8) // constraint flags
    .bits(30, 8) // level_idc
    .unsigned(0) // seq_parameter_set_id
    .unsigned(0) // log2_max_frame_num_minus4
    .unsigned(2) // pic_order_cnt_type: output order is decoding order
    .unsigned(1) // max_num_ref_frames
    .bits(0, 1) // gaps_in_frame_num_value_allowed_flag
    .unsigned(columns - 1)
    .unsigned(rows - 1)
    .bits(1, 1) // frame_mbs_only_flag
    .bits(1, 1) // direct_8x8_inference_flag
    .bits(1, 1) // frame_cropping_flag
    .unsigned(0)
    .unsigned(cropRight)
    .unsigned(0)
    .unsigned(cropBottom)
    .bits(0, 1) // vui_parameters_present_flag
    .finish();
}

/** pic_parameter_set_rbsp, clause 7.3.2.2. */
function pictureParameters(): Buffer {
  return new BitWriter()
    .unsigned(0) // pic_parameter_set_id
    .unsigned(0) // seq_parameter_set_id
    .bits(0, 1) // entropy_coding_mode_flag: CAVLC
    .bits(0, 1) // bottom_field_pic_order_in_frame_present_flag
    .unsigned(0) // num_slice_groups_minus1
    .unsigned(0) // num_ref_idx_l0_default_active_minus1
    .unsigned(0) // num_ref_idx_l1_default_active_minus1
    .bits(0, 1) // weighted_pred_flag
    .bits(0, 2) // weighted_bipred_idc
    .signedZero() // pic_init_qp_minus26
    .signedZero() // pic_init_qs_minus26
    .signedZero() // chroma_qp_index_offset
    .bits(1, 1) // deblocking_filter_control_present_flag
    .bits(0, 1) // constrained_intra_pred_flag
    .bits(0, 1) // redundant_pic_cnt_present_flag
    .finish();
}

/** slice_layer_without_partitioning_rbsp, clause 7.3.2.8, holding a whole IDR picture. */
function slice(colour: Colour, index: number, columns: number, rows: number): Buffer {
  const writer = new BitWriter()
    .unsigned(0) // first_mb_in_slice
    .unsigned(7) // slice_type: I, as are all of the picture
    .unsigned(0) // pic_parameter_set_id
    .bits(0, 4) // frame_num
    .unsigned(index % 2) // idr_pic_id: differs between neighbours
    .bits(0, 1) // no_output_of_prior_pics_flag
    .bits(0, 1) // long_term_reference_flag
    .signedZero() // slice_qp_delta
    .unsigned(1); // disable_deblocking_filter_idc
  writePcmMacroblock(writer, colour);
  for (let address = 1; address < columns * rows; address += 1)
    writePredictedMacroblock(writer, address === 1 || address === columns);
  return writer.finish();
}

function writePcmMacroblock(writer: BitWriter, colour: Colour): void {
  writer
    .unsigned(macroblockType.pcm)
    .alignWithZeros()
    .bytes(new Uint8Array(256).fill(colour.y))
    .bytes(new Uint8Array(64).fill(colour.cb))
    .bytes(new Uint8Array(64).fill(colour.cr));
}

/** The code for "no coefficients" depends on how many the neighbours had; raw samples count as sixteen (9.2.1). */
function writePredictedMacroblock(writer: BitWriter, besideRawSamples: boolean): void {
  writer
    .unsigned(macroblockType.predicted)
    .unsigned(0) // intra_chroma_pred_mode: DC
    .signedZero(); // mb_qp_delta
  if (besideRawSamples) writer.bits(0b000011, 6);
  else writer.bits(1, 1);
}
