import type { Template, TemplateScene } from '../account/templates.ts';
import { isRecord } from '../input/shape.ts';
import { stockVisual } from '../library/stock.ts';
import { frameOf } from './frame.ts';
import { layOut, type Script } from './script.ts';
import { sentencesOf } from './sentences.ts';

/** A scene that a request puts before or after one of the template's. */
interface InsertedScene {
  readonly insertBeforeSceneId?: string;
  readonly insertAfterSceneId?: string;
  readonly text?: string;
}

/** A template with its `{{name}}` variables filled and the request's scenes put in. */
export function templateScript(
  template: Template,
  variables: Readonly<Record<string, unknown>>,
  inserted: readonly InsertedScene[],
  baseUrl: string,
): Script {
  const texts = withInserted(template.scenes, inserted).map((text) => filled(text, variables));
  return {
    name: template.name,
    description: '',
    language: template.language,
    ...frameOf({}),
    ...layOut(
      texts.map((text, index) => ({
        lines: sentencesOf(text),
        visual: stockVisual(baseUrl, index + 1),
      })),
    ),
  };
}

function withInserted(
  scenes: readonly TemplateScene[],
  inserted: readonly InsertedScene[],
): string[] {
  return scenes.flatMap((scene) => [
    ...inserted.filter((one) => one.insertBeforeSceneId === scene.sceneId).map(textOfInserted),
    (scene.subtitles ?? []).map(({ text }) => text ?? '').join(' '),
    ...inserted.filter((one) => one.insertAfterSceneId === scene.sceneId).map(textOfInserted),
  ]);
}

function textOfInserted(scene: InsertedScene): string {
  return scene.text ?? '';
}

function filled(text: string, variables: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{\{([\w-]{1,100})\}\}/g, (whole, name: string) => {
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = isRecord(given) ? given['text'] : given;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });
}
