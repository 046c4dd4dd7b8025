import { isoNow } from '../account/account.ts';
import type { Project } from '../account/projects.ts';
import { notFound, ok } from '../http/reply.ts';
import { anyObject, choice, list, number, object, text } from '../input/shape.ts';
import { textOrWholeNumber } from '../input/shapes.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';
import { page } from './page.ts';

const projectsPageSize = 50;

const wholeProject = object({
  optional: {
    project_id: textOrWholeNumber,
    projectName: text(),
    projectType: text(),
    source: text(),
    step: choice('STORYBOARD', 'EDIT', 'RENDER'),
    schemaVersion: text(),
    layout: text(),
    scriptLanguage: text(),
    videoDuration: number(),
    audioSpeed: number(),
    videoVolume: number(),
    voiceOverId: textOrWholeNumber,
    brandId: textOrWholeNumber,
    scriptTxtSceneSettings: anyObject,
    visualFilter: anyObject,
    scenes: list(anyObject),
  },
  open: true,
});

export const projectOperations: readonly Operation[] = [
  operation({
    id: 'listProjects',
    method: 'GET',
    path: '/v2/projects',
    handle({ query, account }) {
      const projects = account.projects.list();
      const { items, nextPageKey } = page(
        projects,
        ({ project_id }) => String(project_id),
        query.get('pagekey'),
        projectsPageSize,
      );
      return ok({ items: items.map(listItem), pageKey: nextPageKey });
    },
  }),
  operation({
    id: 'getProject',
    method: 'GET',
    path: '/v2/projects/{projectid}',
    handle({ params, account }) {
      const project = account.projects.get(params['projectid']!);
      return project ? ok(project) : notFound('The project');
    },
  }),
  operationWithBody(wholeProject, {
    id: 'updateProject',
    method: 'PUT',
    path: '/v2/projects/{projectid}',
    handle({ params, input, account }) {
      const id = params['projectid']!;
      const before = account.projects.get(id);
      if (!before) return notFound('The project');
      const project = replaced(before, input, isoNow(account));
      account.projects.set(id, project);
      return ok({ success: true, message: 'Project updated.', project });
    },
  }),
  operation({
    id: 'deleteProject',
    method: 'DELETE',
    path: '/v2/projects/{projectid}',
    handle({ params, account }) {
      if (!account.projects.delete(params['projectid']!)) return notFound('The project');
      return ok({ success: true, message: 'Project deleted.' });
    },
  }),
];

/** There is no partial update: what the new object leaves out is gone, but for what a project cannot be without. */
function replaced(before: Project, given: Partial<Project>, saveDate: string): Project {
  return {
    projectName: before.projectName,
    projectType: before.projectType,
    source: before.source,
    step: before.step,
    schemaVersion: before.schemaVersion,
    scenes: [],
    ...given,
    project_id: before.project_id,
    saveDate,
  };
}

function listItem(project: Project) {
  return {
    id: project.project_id,
    name: project.projectName,
    source: project.source,
    projectPreview: project['thumbnail'],
    savedDate: project.saveDate,
    aspectRatio: project['layout'],
    schemaVersion: project.schemaVersion,
    type: project.projectType,
  };
}
