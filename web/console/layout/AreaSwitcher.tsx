import EnvironmentOutlined from '@ant-design/icons/EnvironmentOutlined';
import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#org/contract';
import { useAddress } from '../address.ts';
import { areaTree } from '../areas.ts';
import { useNames, useWords } from '../words.ts';

/** Whose orders are on show: an area of the org tree. The choice stands in the address, so a link shows the same to a colleague. */
export const AreaSwitcher = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const [{ area }, change] = useAddress();
  const options = useMemo(
    () =>
      areaTree(words.areas).map(({ area: each, depth }) => ({
        value: each.code,
        label: names.of(each.names),
        depth,
        search: `${each.names.zh} ${each.names.en} ${each.code}`.toLowerCase(),
      })),
    [words.areas, names],
  );
  if (options.length < 2) return null;
  return (
    <Select
      className="c-area"
      aria-label={t('shell.area')}
      variant="filled"
      prefix={<EnvironmentOutlined />}
      value={area ?? null}
      placeholder={me.unit ? names.of(me.unit.names) : t('shell.allAreas')}
      allowClear
      showSearch={{ filterOption: (typed, option) => Boolean(option?.search.includes(typed.toLowerCase())) }}
      options={options}
      optionRender={(option) => <span style={{ paddingInlineStart: `calc(var(--space-4) * ${option.data.depth})` }}>{option.label}</span>}
      popupMatchSelectWidth={false}
      onChange={(code: string | null) => change({ area: code ?? undefined, cursor: undefined, page: undefined })}
    />
  );
};
