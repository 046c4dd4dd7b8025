const samplesPerFrame = 1152;
const samplesPerSecond = 44_100;
/** MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono, no padding (ISO/IEC 11172-3). */
const frameHeader = Buffer.from([0xff, 0xfb, 0x10, 0xc0]);
const frameBytes = Math.floor((144 * 32_000) / samplesPerSecond);

/** Silence: frames whose side information says that nothing is coded. */
export function silentMp3(seconds: number): Buffer {
  const frame = Buffer.alloc(frameBytes);
  frameHeader.copy(frame);
  const frames = Math.max(1, Math.ceil((seconds * samplesPerSecond) / samplesPerFrame));
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}
