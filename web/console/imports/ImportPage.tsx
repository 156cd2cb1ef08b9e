import InboxOutlined from '@ant-design/icons/InboxOutlined';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ImportRun } from './ImportRun.tsx';
import { preview } from './imports.ts';
import { PreviewTable } from './PreviewTable.tsx';

const sizeOf = (bytes: number) => (bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`);

const KINDS = '.csv,.txt,.xes,.gz,.json,.jsonocel,.ndjson';

/** A file of events: choose it, see what its first rows become, mend the map, send it. */
export const ImportPage = () => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [file, setFile] = useState<File | null>(null);
  const [map, setMap] = useState('');
  const [started, setStarted] = useState<string | null>(null);
  const look = useMutation({
    mutationFn: (what: { file: File; map: string }) => preview(what.file, what.map),
    onSuccess: (answer) => setMap(answer.map),
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    setStarted(null);
    look.mutate({ file: chosen, map });
  };
  const again = () => {
    setFile(null);
    setStarted(null);
    look.reset();
  };
  const ready = look.data !== undefined && look.data.problem === null && look.data.rows.some((row) => row.event !== null);
  const isCurrent = look.variables?.map === map || look.data?.map === map;
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
      {file && (
        <p className="c-note c-import-file">
          <strong>{file.name}</strong>
          <span className="c-soft">{sizeOf(file.size)}</span>
          {!started && <Button onClick={again}>{t('import.other')}</Button>}
        </p>
      )}
      {file && started && <ImportRun file={file} map={map} token={started} onAgain={again} />}
      {file && !started && (
        <div className="c-halves">
          <Card
            title={t('import.map')}
            extra={
              <a href="/docs/" target="_blank" rel="noreferrer">
                {t('import.mapHelp')}
              </a>
            }
          >
            <p className="c-soft">{t('import.mapWhat')}</p>
            <Input.TextArea
              className="c-code"
              aria-label={t('import.map')}
              value={map}
              autoSize={{ minRows: 10, maxRows: 24 }}
              spellCheck={false}
              onChange={(e) => setMap(e.target.value)}
            />
            <p className="c-page-acts">
              <Button loading={look.isPending} onClick={() => look.mutate({ file, map })}>
                {t('import.preview')}
              </Button>
              <Button type="primary" disabled={!ready || !isCurrent || look.isPending} onClick={() => setStarted(crypto.randomUUID())}>
                {t('import.run')}
              </Button>
            </p>
            {!ready && look.data && <p className="c-soft">{t('import.notReady')}</p>}
          </Card>
          <Card title={t('import.rows')}>
            {look.error && <Alert type="error" showIcon title={trouble(look.error)} />}
            {look.data?.problem && <Alert type="warning" showIcon title={look.data.problem} className="c-gap-below" />}
            {look.data && <PreviewTable preview={look.data} />}
          </Card>
        </div>
      )}
    </>
  );
};
