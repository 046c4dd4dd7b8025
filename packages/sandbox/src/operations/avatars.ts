import { ok } from '../http/reply.ts';
import { operation, type Operation } from './operation.ts';
import { page } from './page.ts';

const avatarsPageSize = 20;

const avatars = [
  { id: 'avatar-1', name: 'Ada', gender: 'female', looks: ['Office', 'Studio'] },
  { id: 'avatar-2', name: 'Edsger', gender: 'male', looks: ['Lecture hall'] },
  { id: 'avatar-3', name: 'Grace', gender: 'female', looks: ['Uniform', 'Garden'] },
] as const;

export const avatarOperations: readonly Operation[] = [
  operation({
    id: 'listAvatars',
    method: 'GET',
    path: '/v1/avatars',
    handle({ query, account }) {
      const key = query.get('nextPageKey');
      const { items, nextPageKey } = page(avatars, ({ id }) => id, key, avatarsPageSize);
      const file = (name: string) => `${account.baseUrl}/files/stock/${name}`;
      const withLooks = items.map(({ id, name, gender, looks }) => ({
        id,
        name,
        gender,
        looks: looks.map((look, index) => ({
          id: `${id}-look-${index + 1}`,
          name: look,
          image: file(`picture-${index + 1}.png`),
          video: file(`clip-${index + 1}.mp4`),
        })),
      }));
      return ok({ items: withLooks, nextPageKey });
    },
  }),
];
