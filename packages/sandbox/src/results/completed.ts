import type { Account } from '../account/account.ts';
import type { Job, JobContent } from '../account/job.ts';
import { jobLinks } from '../account/links.ts';
import { sumOf } from '../account/quotas.ts';
import { editedScript } from '../script/renderScript.ts';
import { srt, vtt } from '../media/subtitles.ts';
import { captionsOf } from '../script/transcriptCaptions.ts';
import { highlight, spokenLengthSeconds, textOf } from '../script/transcript.ts';
import { v1RenderParams, v2RenderParams } from './renderParams.ts';

type Data = Readonly<Record<string, unknown>>;
type ContentOf<Kind extends JobContent['kind']> = Extract<JobContent, { kind: Kind }>;

/** The `data` of a completed job, by kind and edition. */
export function completedData(job: Job, account: Account): Data {
  const { content } = job;
  switch (content.kind) {
    case 'storyboard':
      return storyboard(job, content, account);
    case 'render':
      return render(job, content, account);
    case 'transcription':
      return transcription(job, content, account);
    case 'highlights':
      return { status: 'completed', transcript: content.transcript };
    case 'ai-image':
      return aiImage(job, content, account);
    case 'ai-video':
      return aiVideo(job, content, account);
  }
}

function storyboard(job: Job, content: ContentOf<'storyboard'>, { baseUrl }: Account): Data {
  const links = jobLinks(baseUrl, job);
  const project = projectLinks(content.projectId, baseUrl);
  const shared = { status: 'completed', storyboard: content.request, ...project };
  if (job.edition === 'v1') {
    const renderParams = v1RenderParams(content.script, links.audio);
    return { ...shared, preview: links.preview, renderParams };
  }
  const edited = editedScript(content.script, content.elements, baseUrl);
  return {
    ...shared,
    previewUrl: links.preview,
    renderParams: v2RenderParams(edited, content.elements),
  };
}

function render(job: Job, content: ContentOf<'render'>, { baseUrl }: Account): Data {
  const links = jobLinks(baseUrl, job);
  const share =
    job.edition === 'v1' ? { shareVideoURL: links.share } : { videoShareURL: links.share };
  return {
    status: 'completed',
    progress: 100,
    videoURL: links.video,
    ...share,
    thumbnail: links.thumbnail,
    audioURL: links.audio,
    srtFile: links.srt,
    vttFile: links.vtt,
    txtFile: links.txt,
    videoDuration: content.script.durationSeconds,
    aiCreditsUsed: sumOf(job.charges, 'aiCredits'),
    ...projectLinks(content.projectId, baseUrl),
    ...(content.vimeo ? { vimeo: { link: links.share } } : {}),
  };
}

const highlightLengthsSeconds = [30, 60, 90];

function transcription(job: Job, content: ContentOf<'transcription'>, { baseUrl }: Account): Data {
  const { transcript, mediaType, fileUrl } = content;
  const captions = captionsOf(transcript);
  const highlights = highlightLengthsSeconds.map((seconds) => ({
    duration: seconds,
    transcript: highlight(transcript, seconds),
  }));
  return {
    status: 'completed',
    transcript,
    txt: textOf(transcript),
    srt: srt(captions),
    vtt: vtt(captions),
    mediaInfo: { mediaType, fileUrl, duration: spokenLengthSeconds(transcript) },
    editVideoUrl: jobLinks(baseUrl, job).editor,
    ...(job.edition === 'v2' ? { highlights } : {}),
  };
}

function aiImage(job: Job, content: ContentOf<'ai-image'>, { baseUrl }: Account): Data {
  return {
    status: 'completed',
    url: jobLinks(baseUrl, job).image,
    width: content.widthPixels,
    height: content.heightPixels,
    aiCreditsUsed: sumOf(job.charges, 'aiCredits'),
  };
}

function aiVideo(job: Job, content: ContentOf<'ai-video'>, { baseUrl }: Account): Data {
  const links = jobLinks(baseUrl, job);
  return {
    status: 'completed',
    url: links.video,
    duration: `${content.durationSeconds}s`,
    width: content.widthPixels,
    height: content.heightPixels,
    thumbnailImageUrl: links.thumbnail,
    lastFrameImageUrl: links.lastFrame,
    previewImageUrl: links.thumbnail,
    aiCreditsUsed: sumOf(job.charges, 'aiCredits'),
  };
}

function projectLinks(projectId: string | undefined, baseUrl: string): Data {
  if (projectId === undefined) return {};
  return { projectId, projectUrl: `${baseUrl}/files/projects/${projectId}.html` };
}
