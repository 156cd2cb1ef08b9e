import InfoCircleOutlined from '@ant-design/icons/InfoCircleOutlined';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNames, useWords } from '../words.ts';

/** 口径: what a figure counts, from the dictionary; nothing stands here where the dictionary is silent. */
export const Definition = ({ figure }: { figure: string }) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const found = words.figures.find((f) => f.id === figure);
  if (!found) return null;
  return (
    <Popover
      trigger={['click', 'hover']}
      title={names.of(found.names)}
      content={<p className="c-definition">{names.of(found.definition)}</p>}
    >
      <button type="button" className="c-definition-sign" aria-label={t('part.definition', { name: names.of(found.names) })}>
        <InfoCircleOutlined />
      </button>
    </Popover>
  );
};
