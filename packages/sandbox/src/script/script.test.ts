import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { layOut, type SceneDraft } from './script.ts';
import { linesOf, sentencesOf } from './sentences.ts';
import { captionsOf } from './transcriptCaptions.ts';
import { highlight, spokenLengthSeconds, textOf, transcribe } from './transcript.ts';

const visual = { type: 'video', url: 'https://stock.example/1.mp4' } as const;
const draft: fc.Arbitrary<SceneDraft> = fc.record({
  lines: fc.array(fc.string({ maxLength: 200 }), { maxLength: 5 }),
  visual: fc.constant(visual),
  voiceSpeedPercent: fc.integer({ min: 50, max: 200 }),
  minimumSeconds: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
});

describe('a script', () => {
  it('puts scenes and captions one after the other without gap or overlap', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 8 }), (drafts) => {
        const { scenes, durationSeconds } = layOut(drafts);
        let end = 0;
        for (const scene of scenes) {
          assert.ok(Math.abs(scene.startSeconds - end) < 0.011);
          let captionEnd = scene.startSeconds;
          for (const caption of scene.captions) {
            assert.equal(caption.startSeconds, captionEnd);
            assert.ok(caption.endSeconds > caption.startSeconds);
            captionEnd = caption.endSeconds;
          }
          end = scene.startSeconds + scene.durationSeconds;
          assert.ok(captionEnd <= end + 0.011);
        }
        assert.ok(Math.abs(durationSeconds - end) < 0.011);
      }),
    );
  });

  it('takes longer for more words, and for a slower voice', () => {
    const length = (words: number, voiceSpeedPercent: number) =>
      layOut([{ lines: ['word '.repeat(words)], visual, voiceSpeedPercent }]).durationSeconds;
    assert.equal(length(50, 100), 20);
    assert.equal(length(50, 200), 10);
    assert.equal(length(100, 100), 40);
  });
});

describe('sentences', () => {
  it('end at marks and line breaks, and lose their markup', () =>
    assert.deepEqual(
      sentencesOf('<speak>One.  Two!\nThree <break time="1s"/> four? v1.2</speak>'),
      ['One.', 'Two!', 'Three four?', 'v1.2'],
    ));

  it('are no fewer than lines', () => assert.deepEqual(linesOf(' a. b \r\n\n c '), ['a. b', 'c']));
});

describe('a transcript', () => {
  let count = 0;
  const transcript = transcribe('One two three. Four five.', () => `uid-${(count += 1)}`);

  it('gives every word a time and says the same text', () => {
    assert.equal(textOf(transcript), 'One two three.\nFour five.');
    assert.equal(spokenLengthSeconds(transcript), 2);
    assert.deepEqual(
      captionsOf(transcript).map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]),
      [
        [0, 1.2],
        [1.2, 2],
      ],
    );
    assert.deepEqual(
      transcript[1]!.words.map((word) => word.sentence_index),
      [1, 1],
    );
  });

  it('is highlighted from the start until the seconds are filled', () => {
    const chosen = highlight(transcript, 0.8).flatMap(({ words }) =>
      words.map((word) => word.highlight),
    );
    assert.deepEqual(chosen, [true, true, false, false, false]);
  });
});
