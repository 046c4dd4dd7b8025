import type { Job } from './job.ts';

/** Paths of everything public that belongs to a job. All are unsigned: who has the link has the file. */
interface JobLinks {
  readonly video: string;
  readonly share: string;
  readonly audio: string;
  readonly thumbnail: string;
  readonly lastFrame: string;
  readonly image: string;
  readonly srt: string;
  readonly vtt: string;
  readonly txt: string;
  readonly preview: string;
  readonly editor: string;
}

export function jobLinks(baseUrl: string, job: Pick<Job, 'id'>): JobLinks {
  const file = (name: string) => `${baseUrl}/files/jobs/${job.id}/${name}`;
  return {
    video: file('video.mp4'),
    share: file('share.mp4'),
    audio: file('audio.mp3'),
    thumbnail: file('thumbnail.png'),
    lastFrame: file('last-frame.png'),
    image: file('image.png'),
    srt: file('subtitles.srt'),
    vtt: file('subtitles.vtt'),
    txt: file('subtitles.txt'),
    preview: file('preview.html'),
    editor: file('editor.html'),
  };
}
