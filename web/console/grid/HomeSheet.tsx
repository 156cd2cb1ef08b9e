import PhoneOutlined from '@ant-design/icons/PhoneOutlined';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '#place/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { revealOf } from '../customers/customers.ts';
import { RightButton } from '../parts/RightButton.tsx';
import { useNames } from '../words.ts';
import { HolderBox } from './HolderBox.tsx';
import { useWhereHome } from './HomeCard.tsx';
import { VisitForm } from './VisitForm.tsx';

type Shown = Partial<Record<'name' | 'phone' | 'address', string | null>>;

interface Props {
  home: Home;
  /** Its grid. */
  area: string;
  /** Which home comes after it and was not visited yet. */
  next: Home | undefined;
  /** Undefined: back to the list. */
  onOpen: (home: string | undefined) => void;
}

/** One home: why it is on the list, how to reach it (written down), and what came of the visit. */
export const HomeSheet = ({ home, area, next, onOpen }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const names = useNames();
  const whereHome = useWhereHome();
  const [shown, setShown] = useState<Shown>({});
  const reveal = useMutation({
    mutationFn: (fields: ('name' | 'phone' | 'address')[]) => revealOf(home.customer, { fields, reason: t('grid.reasonVisit') }),
    onSuccess: (values) => {
      setShown((old) => ({ ...old, ...values }));
      if (values.phone) window.location.href = `tel:${values.phone}`;
      else if (values.phone === null) void message.info(t('grid.noPhone'));
    },
  });
  const ports = home.building?.freePorts;
  return (
    <div className="c-grid-sheet">
      {ports !== null && ports !== undefined && <p className="c-soft">{t('grid.portsHere', { count: ports })}</p>}
      <ul className="c-grid-reasons">
        {home.reasons.map((r) => (
          <li key={r.id}>
            <span>{names.of(r.says)}</span>
            <span className="c-num c-soft">{t('grid.points', { count: r.points })}</span>
          </li>
        ))}
        <li className="c-grid-sum">
          <span>{t('grid.sum')}</span>
          <span className="c-num">{t('grid.points', { count: home.score })}</span>
        </li>
      </ul>
      <p className="c-soft c-small">{t('grid.agreed')}</p>
      {home.others > 0 && <p className="c-soft c-small">{t('grid.othersHere', { count: home.others })}</p>}
      {(shown.name !== undefined || shown.phone !== undefined) && (
        <dl className="c-facts">
          {(['name', 'phone', 'address'] as const)
            .filter((field) => shown[field] !== undefined)
            .map((field) => (
              <div key={field}>
                <dt>{t(`customer.field.${field}`)}</dt>
                <dd className="c-shown">{shown[field] ?? t('grid.unknown')}</dd>
              </div>
            ))}
        </dl>
      )}
      {reveal.error && <Alert type="error" showIcon title={trouble(reveal.error)} />}
      <div className="c-grid-acts">
        <RightButton
          right="customer:reveal"
          icon={<PhoneOutlined />}
          loading={reveal.isPending}
          onClick={() => reveal.mutate(['name', 'phone'])}
        >
          {t('grid.call')}
        </RightButton>
        <RightButton right="customer:reveal" loading={reveal.isPending} onClick={() => reveal.mutate(['name', 'address'])}>
          {t('grid.showAddress')}
        </RightButton>
        <Link to="/customers/$id" params={{ id: home.customer }} className="g-button">
          {t('grid.toCustomer')}
        </Link>
      </div>
      <p className="c-soft c-small">{t('grid.writtenDown')}</p>
      <VisitForm home={home} />
      <HolderBox home={home} area={area} />
      {home.visit && (
        <div className="c-grid-acts">
          {next && (
            <Button type="primary" onClick={() => onOpen(next.id)}>
              {t('grid.nextHome', { where: whereHome(next) })}
            </Button>
          )}
          <Button onClick={() => onOpen(undefined)}>{t('grid.toList')}</Button>
        </div>
      )}
    </div>
  );
};
