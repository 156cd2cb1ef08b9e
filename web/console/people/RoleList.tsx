import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Icon } from '../../kit/icons.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import { useRoles } from './org.ts';

/** Which role opens what: a table of rights by role. */
export const RoleList = () => {
  const { t } = useTranslation();
  const names = useNames();
  const roles = useRoles();
  if (roles.isPending) return <Loading lines={8} />;
  if (roles.error) return <Refused error={roles.error} onAgain={() => void roles.refetch()} />;
  const rights = [...new Set(roles.data.items.flatMap((role) => role.rights))];
  return (
    <Scroll className="c-card" label={t('people.roles')}>
      <table className="c-counts c-rights">
        <thead>
          <tr>
            <th scope="col">{t('role.right')}</th>
            {roles.data.items.map((role) => (
              <th key={role.id} scope="col">
                {names.of(role.names)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rights.map((right) => (
            <tr key={right}>
              <th scope="row">
                {t(`right.${right.replace(':', '.')}`, { defaultValue: right })} <span className="c-block c-code c-soft">{right}</span>
              </th>
              {roles.data.items.map((role) => (
                <td key={role.id}>
                  {role.rights.includes(right) ? (
                    <span className="g-tone-good c-yes">
                      <Icon name="check" />
                      <span className="g-hidden">{t('role.yes')}</span>
                    </span>
                  ) : (
                    <span className="c-faint">–</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
