import type { Project } from '../account/projects.ts';
import { stockVisual } from '../library/stock.ts';
import { frameOf } from './frame.ts';
import { layOut, type Script } from './script.ts';
import { sentencesOf } from './sentences.ts';

/** The script of a saved project, from the text of its scenes. */
export function projectScript(project: Project, baseUrl: string): Script {
  const layout = project['layout'];
  const language = project['scriptLanguage'];
  return {
    name: project.projectName,
    description: '',
    language: typeof language === 'string' ? language : 'en',
    ...frameOf({ aspectRatio: typeof layout === 'string' ? layout : undefined }),
    ...layOut(
      project.scenes.map(({ text }, index) => ({
        lines: typeof text === 'string' ? sentencesOf(text) : [],
        visual: stockVisual(baseUrl, index + 1),
      })),
    ),
  };
}
