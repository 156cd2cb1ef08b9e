import InboxOutlined from '@ant-design/icons/InboxOutlined';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, useTrouble } from '../../kit/faces.tsx';
import { CustomerFiles } from '../customers/CustomerFiles.tsx';
import { Card } from '../parts/Card.tsx';
import { EventRows } from '../parts/EventRows.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';
import { ImportRun } from './ImportRun.tsx';
import { type ImportPreview, type MapChanges, preview } from './imports.ts';
import { MapForm } from './MapForm.tsx';
import { MapText } from './MapText.tsx';
import { missing } from './roles.ts';

const sizeOf = (bytes: number) => (bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

const KINDS = '.csv,.txt,.xes,.gz,.json,.jsonocel,.ndjson,.jsonl';

/** A file of events: choose it, see what its columns are taken for and what its first rows become, mend that, send it. */
export const ImportPage = () => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const me = useMe().data;
  const [file, setFile] = useState<File | null>(null);
  const [seen, setSeen] = useState<ImportPreview | null>(null);
  const [text, setText] = useState('');
  const [started, setStarted] = useState<string | null>(null);
  const look = useMutation({
    mutationFn: (what: { file: File; map: string; changes?: MapChanges }) => preview(what.file, what.map, what.changes),
    onSuccess: (answer) => {
      setSeen(answer);
      setText(answer.map);
    },
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    setSeen(null);
    setStarted(null);
    look.mutate({ file: chosen, map: '' });
  };
  const again = () => {
    setFile(null);
    setSeen(null);
    setStarted(null);
    look.reset();
  };
  const usable = seen?.rows.filter((row) => row.event !== null).length ?? 0;
  const isReady = seen !== null && seen.problem === null && usable > 0 && text === seen.map && !look.isPending && !look.error;
  const lacks = seen?.form === 'csv' && seen.shown ? missing(seen.shown) : [];
  return (
    <>
      <PageHead title={t('import.title')} />
      {!file && (
        <Upload.Dragger
          accept={KINDS}
          multiple={false}
          showUploadList={false}
          beforeUpload={(chosen) => {
            choose(chosen);
            return false;
          }}
        >
          <p className="c-drop-sign">
            <InboxOutlined />
          </p>
          <p className="c-drop-title">{t('import.drop')}</p>
          <p className="c-soft">{t('import.forms')}</p>
        </Upload.Dragger>
      )}
      {!file && may(me, 'tag:see') && (
        <div className="c-import-customers">
          <CustomerFiles />
        </div>
      )}
      {file && (
        <div className="c-note c-import-file">
          <strong>{file.name}</strong>
          <span className="c-soft">{sizeOf(file.size)}</span>
          {seen && (
            <span className="c-soft">
              {t(seen.columns.length > 0 ? 'import.form' : 'import.formOnly', {
                form: seen.form.toUpperCase(),
                columns: seen.columns.length,
              })}
            </span>
          )}
          {!started && <Button onClick={again}>{t('import.other')}</Button>}
          {!started && seen && (
            <span className="c-end c-import-go">
              {!isReady && !look.isPending && (
                <span className="c-soft">{t(text === seen.map ? 'import.notReady' : 'import.lookFirst')}</span>
              )}
              <Button type="primary" disabled={!isReady} onClick={() => setStarted(crypto.randomUUID())}>
                {t('import.run')}
              </Button>
            </span>
          )}
        </div>
      )}
      {file && started && <ImportRun file={file} map={text} token={started} onAgain={again} />}
      {file && !started && look.error && <Alert type="error" showIcon title={trouble(look.error)} className="c-gap-below" />}
      {file && !started && !seen && look.isPending && <Loading lines={8} />}
      {file && !started && seen && (
        <>
          <Card title={t('import.map')}>
            {seen.shown && (
              <MapForm shown={seen.shown} columns={seen.columns} onChange={(changes) => look.mutate({ file, map: text, changes })} />
            )}
            <MapText
              text={text}
              isOpen={seen.shown === null || (seen.columns.length === 0 && seen.problem !== null)}
              isBusy={look.isPending}
              onChange={setText}
              onLook={() => look.mutate({ file, map: text })}
            />
          </Card>
          <Card
            title={t('import.rows')}
            extra={
              seen.rows.length > 0 && <span className="c-soft c-small">{t('import.usable', { count: usable, all: seen.rows.length })}</span>
            }
          >
            {lacks.length > 0 && (
              <Alert
                type="warning"
                showIcon
                title={t('import.lacks', { what: lacks.map((one) => t(`import.lack.${one}`)).join(t('variant.comma')) })}
              />
            )}
            {lacks.length === 0 && seen.problem && <Alert type="warning" showIcon title={seen.problem} className="c-gap-below" />}
            {seen.rows.length > 0 && <EventRows label={t('import.rows')} rows={seen.rows} />}
          </Card>
        </>
      )}
    </>
  );
};
