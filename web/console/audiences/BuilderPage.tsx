import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { useMe } from '../session.ts';
import { AudienceBuilder } from './AudienceBuilder.tsx';
import { audienceOptions } from './audiences.ts';

/** The builder at its own address: of a new audience, or of a saved one. */
export const BuilderPage = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const me = useMe().data;
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useQuery({ ...audienceOptions(id, lang), refetchInterval: LOOK_AGAIN_MS });
  const head = <PageHead title={t(id ? 'audience.title' : 'audience.new')} />;
  if (!me) return null;
  if (id === '') return <AudienceBuilder key="new" saved={null} login={me.login} />;
  if (found.data) return <AudienceBuilder key={id} saved={found.data} login={me.login} />;
  return (
    <>
      {head}
      {found.isPending ? (
        <Loading lines={10} />
      ) : (
        <Refused error={found.error} onAgain={() => void found.refetch()}>
          <Link to="/audiences">{t('audience.all')}</Link>
        </Refused>
      )}
    </>
  );
};

/** How often it is looked whether somebody else has saved meanwhile. */
const LOOK_AGAIN_MS = 20_000;
