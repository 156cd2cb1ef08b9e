import InfoCircleOutlined from '@ant-design/icons/InfoCircleOutlined';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';

/** 口径: a sign beside a figure that says what it counts. */
export const Explained = ({ name, text }: { name: string; text: string }) => {
  const { t } = useTranslation();
  return (
    <Popover trigger={['click', 'hover']} title={name} content={<p className="c-definition">{text}</p>}>
      <button type="button" className="c-definition-sign" aria-label={t('part.definition', { name })}>
        <InfoCircleOutlined />
      </button>
    </Popover>
  );
};
