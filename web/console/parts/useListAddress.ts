import { useState } from 'react';
import { type Address, useAddress } from '../address.ts';

/** What the address of a list page says, and how it turns: a list that is asked anew begins at its first page and forgets which rows were chosen. */
export function useListAddress(field: string) {
  const [address, change] = useAddress();
  const [chosen, choose] = useState<string[]>([]);
  return {
    address,
    chosen,
    choose,
    turn: (to: Address, how?: { replace: boolean }) => {
      choose([]);
      change({ cursor: undefined, page: undefined, ...to }, how);
    },
    /** Opens a row, or closes the one that is open; the way back leads to the list and not through all that were looked at. */
    open: (id: string | undefined) => change({ [field]: id }, { replace: address[field] !== undefined && id !== undefined }),
  };
}
