import type { HolderView } from '#tracking/contract';

/** The post, the name where the staff directory knows it, the staff number: `装维工程师 蒲桥云 0203`. */
export const whoHas = (holder: HolderView, nameOf: (names: HolderView['names']) => string): string =>
  [nameOf(holder.names), holder.colleague?.name, holder.handler].filter(Boolean).join(' ');
