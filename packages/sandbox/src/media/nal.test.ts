import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { nal } from './nal.ts';

describe('a NAL unit', () => {
  it('looks like a start code nowhere and gives its payload back', () => {
    const payload = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 255), { maxLength: 60 });
    fc.assert(
      fc.property(payload, (bytes) => {
        const unit = nal(5, Buffer.from(bytes));
        assert.equal(unit[0], 0x65);
        for (const code of ['000000', '000001', '000002'])
          assert.equal(indexOfBytes(unit, code), -1, unit.toString('hex'));
        const hex = unit.subarray(1).toString('hex').replace(/(..)/g, '$1 ');
        const restored = hex.replaceAll('00 00 03 ', '00 00 ').replaceAll(' ', '');
        assert.equal(restored, Buffer.from(bytes).toString('hex'));
      }),
    );
  });
});

function indexOfBytes(bytes: Buffer, hex: string): number {
  return bytes.indexOf(Buffer.from(hex, 'hex'));
}
