import { ApiFault, callHeaders, troubleOf } from '../kit/api.ts';

/** A change to some fields of a thing. */
export const patch = async <T>(path: string, body: unknown): Promise<T> => {
  const answer = await fetch(path, {
    method: 'PATCH',
    headers: { ...callHeaders(), accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'same-origin',
    signal: AbortSignal.timeout(20_000),
  }).catch(() => {
    throw new ApiFault('offline');
  });
  if (!answer.ok) throw await troubleOf(answer);
  return answer.json() as Promise<T>;
};
