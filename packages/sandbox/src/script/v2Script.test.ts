import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { V2Scene } from '../input/v2Storyboard.ts';
import { v2Script } from './v2Script.ts';

const baseUrl = 'http://sandbox.example';
const scriptOf = (...scenes: V2Scene[]) => v2Script({ videoName: 'x', scenes }, baseUrl);
const linesOf = (...scenes: V2Scene[]) =>
  scriptOf(...scenes).scenes.map(({ captions }) => captions.map(({ text }) => text));

describe('the script of a v2 request', () => {
  const story = 'One. Two.\nThree.';

  it('cuts a story into scenes as asked', () => {
    assert.deepEqual(linesOf({ story }), [['One.', 'Two.', 'Three.']]);
    assert.deepEqual(linesOf({ story, createSceneOnNewLine: true }), [
      ['One.', 'Two.'],
      ['Three.'],
    ]);
    assert.deepEqual(linesOf({ story, createSceneOnEndOfSentence: true }), [
      ['One.'],
      ['Two.'],
      ['Three.'],
    ]);
  });

  it('makes up what it would read at an address, the same each time', () => {
    const blog = linesOf({ blogUrl: 'https://blog.example/post' });
    assert.equal(blog.length, 3);
    assert.match(blog[0]![0]!, /blog\.example/);
    assert.deepEqual(linesOf({ blogUrl: 'https://blog.example/post' }), blog);
    assert.equal(
      linesOf({ audioUrl: 'https://a.example/a.mp3', audioLanguage: 'en-US' }).length,
      1,
    );
  });

  it('speaks a transcript that comes with the media', () => {
    const transcript = [{ words: [{ word: 'Said' }, { word: 'before.' }] }];
    const videoUrl = 'https://v.example/v.mp4';
    const [scene] = scriptOf({ videoUrl, audioLanguage: 'en-US', transcript }).scenes;
    assert.deepEqual(
      scene!.captions.map(({ text }) => text),
      ['Said before.'],
    );
    assert.deepEqual(scene!.visual, { url: videoUrl, type: 'video' });
  });

  it('composes about as long as the co-pilot is asked to', () => {
    const { durationSeconds } = scriptOf({
      storyCoPilot: { prompt: 'space travel now', duration: 60 },
    });
    assert.ok(Math.abs(durationSeconds - 60) <= 15, `${durationSeconds} s`);
  });

  it('is silent for a background alone, and keeps minimum lengths and pauses', () => {
    const background = { color: '#fff' };
    assert.deepEqual(linesOf({ background }), [[]]);
    assert.equal(scriptOf({ background, minimumDuration: 12 }).durationSeconds, 12);
    assert.equal(scriptOf({ story: 'Hi.', endPauseDuration: 2 }).durationSeconds, 3.2);
  });

  it('has the frame of the aspect ratio, or the size given', () => {
    const frame = (more: object) => {
      const { widthPixels, heightPixels } = v2Script(
        { videoName: 'x', scenes: [{ story }], ...more },
        baseUrl,
      );
      return [widthPixels, heightPixels];
    };
    assert.deepEqual(frame({}), [1920, 1080]);
    assert.deepEqual(frame({ aspectRatio: '4:5' }), [1080, 1350]);
    assert.deepEqual(frame({ videoWidth: 640, videoHeight: 360 }), [640, 360]);
    assert.deepEqual(frame({ videoWidth: -1, videoHeight: 360 }), [1920, 1080]);
  });
});
