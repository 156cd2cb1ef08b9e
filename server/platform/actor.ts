/**
 * Who acts. `rights` are `noun:verb` words ("journey:read"); `areas` is what the caller may see of the org tree:
 * "all", or the codes of every unit below his own.
 */
export interface Actor {
  readonly kind: 'staff' | 'source' | 'admin' | 'public' | 'system';
  /** Account id, source id, "admin", the caller's address, or the job's name. */
  readonly id: string;
  readonly name: string;
  readonly rights: ReadonlySet<string> | 'all';
  readonly areas: 'all' | readonly string[];
  /** A partner's account sees only its own part: the object (kind, value) that stands for it. */
  readonly partner?: { kind: string; value: string };
}

export const may = (actor: Actor, right: string): boolean => actor.rights === 'all' || actor.rights.has(right);

export const systemActor = (id: string): Actor => ({ kind: 'system', id, name: id, rights: 'all', areas: 'all' });
