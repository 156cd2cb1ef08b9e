import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../parts/Card.tsx';
import { CodeBox } from '../parts/CodeBox.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';

/** How other systems send events, read journeys and show them to customers. */
export const ApiPage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const here = location.origin;
  const send = `curl -X POST ${here}/api/events \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '[{ "source": "field", "id": "WO-77-3", "type": "install.started",
        "time": "2026-11-21T09:30:00+08:00",
        "keys": { "order": "SO-1", "workOrder": ["WO-77"] }, "handler": "0417" }]'`;
  const read = `curl "${here}/api/journeys/by-key/order/SO-1" -H "Authorization: Bearer $TOKEN"

curl "${here}/api/journeys?state=open&overdue=true&limit=50" -H "Authorization: Bearer $TOKEN"`;
  const follow = `curl -N "${here}/api/journeys/$ID/stream" -H "Authorization: Bearer $TOKEN"`;
  const track = `curl -X POST ${here}/api/track -H "Content-Type: application/json" \\
  -d '{ "serviceNumber": "12900001234" }'`;
  const widget = `<script src="${here}/widget.js" data-lookup></script>
<script src="${here}/widget.js" data-ticket="TICKET" data-lang="en" data-theme="dark"></script>`;
  return (
    <>
      <PageHead title={t('api.title')}>
        <a className="g-button g-button-main" href="/docs/" target="_blank" rel="noreferrer">
          {t('api.reference')}
        </a>
      </PageHead>
      <div className="c-halves">
        <Card title={t('api.token')}>
          <p>{t('api.tokenWhat')}</p>
          {may(me, 'source:manage') ? (
            <Link to="/sources" className="g-button">
              {t('source.add')}
            </Link>
          ) : (
            <p className="c-soft">{t('api.tokenAsk')}</p>
          )}
        </Card>
        <Card title={t('api.send')}>
          <p className="c-soft">{t('api.sendWhat')}</p>
          <CodeBox label={t('api.send')} text={send} />
        </Card>
        <Card title={t('api.read')}>
          <p className="c-soft">{t('api.readWhat')}</p>
          <CodeBox label={t('api.read')} text={read} />
        </Card>
        <Card title={t('api.follow')}>
          <p className="c-soft">{t('api.followWhat')}</p>
          <CodeBox label={t('api.follow')} text={follow} />
        </Card>
        <Card title={t('api.track')}>
          <p className="c-soft">{t('api.trackWhat')}</p>
          <CodeBox label={t('api.track')} text={track} />
        </Card>
        <Card title={t('api.widget')}>
          <p className="c-soft">{t('api.widgetWhat')}</p>
          <CodeBox label={t('api.widget')} text={widget} />
        </Card>
      </div>
    </>
  );
};
