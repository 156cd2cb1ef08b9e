import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Role, Unit } from '#org/contract';
import { get } from '../../kit/api.ts';

export const unitsOptions = queryOptions({
  queryKey: ['units'],
  queryFn: ({ signal }) => get<{ items: Unit[] }>('/api/units', {}, { signal }),
});
const rolesOptions = queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => get<{ items: Role[] }>('/api/roles', {}, { signal }) });

export const useUnits = () => useQuery(unitsOptions);
export const useRoles = () => useQuery(rolesOptions);
