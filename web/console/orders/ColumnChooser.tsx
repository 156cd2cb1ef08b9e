import SettingOutlined from '@ant-design/icons/SettingOutlined';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { COLUMNS, type ColumnName, STANDARD } from './orderColumns.tsx';

/** Which columns stand in the table; kept per person. The number always does. */
export const ColumnChooser = ({ columns, onChange }: { columns: ColumnName[]; onChange: (columns: ColumnName[]) => void }) => {
  const { t } = useTranslation();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('columns.title')}
      content={
        <div className="c-columns">
          <Checkbox.Group
            value={columns}
            options={COLUMNS.map((name) => ({ value: name, label: t(`column.${name}`), disabled: name === 'number' }))}
            onChange={(next) => onChange(COLUMNS.filter((name) => next.includes(name)))}
          />
          <Button size="small" onClick={() => onChange(STANDARD)}>
            {t('columns.standard')}
          </Button>
        </div>
      }
    >
      <Button icon={<SettingOutlined />} aria-label={t('columns.title')} title={t('columns.title')} />
    </Popover>
  );
};
