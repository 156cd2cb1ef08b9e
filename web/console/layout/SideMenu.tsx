import ApartmentOutlined from '@ant-design/icons/ApartmentOutlined';
import ApiOutlined from '@ant-design/icons/ApiOutlined';
import BankOutlined from '@ant-design/icons/BankOutlined';
import CloudDownloadOutlined from '@ant-design/icons/CloudDownloadOutlined';
import CloudServerOutlined from '@ant-design/icons/CloudServerOutlined';
import CopyOutlined from '@ant-design/icons/CopyOutlined';
import DashboardOutlined from '@ant-design/icons/DashboardOutlined';
import EnvironmentOutlined from '@ant-design/icons/EnvironmentOutlined';
import FundOutlined from '@ant-design/icons/FundOutlined';
import IdcardOutlined from '@ant-design/icons/IdcardOutlined';
import MonitorOutlined from '@ant-design/icons/MonitorOutlined';
import NodeIndexOutlined from '@ant-design/icons/NodeIndexOutlined';
import PhoneOutlined from '@ant-design/icons/PhoneOutlined';
import ProfileOutlined from '@ant-design/icons/ProfileOutlined';
import TagsOutlined from '@ant-design/icons/TagsOutlined';
import TeamOutlined from '@ant-design/icons/TeamOutlined';
import ToolOutlined from '@ant-design/icons/ToolOutlined';
import UploadOutlined from '@ant-design/icons/UploadOutlined';
import UsergroupAddOutlined from '@ant-design/icons/UsergroupAddOutlined';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#org/contract';
import { useAddress } from '../address.ts';
import { pageAt, pagesFor } from './menu.ts';

const ICONS: Record<string, ComponentType> = {
  overview: DashboardOutlined,
  orders: ProfileOutlined,
  customers: IdcardOutlined,
  grid: EnvironmentOutlined,
  duplicates: CopyOutlined,
  retention: PhoneOutlined,
  enterprises: BankOutlined,
  tags: TagsOutlined,
  models: FundOutlined,
  analysis: NodeIndexOutlined,
  scenarios: ApartmentOutlined,
  audiences: UsergroupAddOutlined,
  repair: ToolOutlined,
  sources: CloudServerOutlined,
  feeds: CloudDownloadOutlined,
  import: UploadOutlined,
  operation: MonitorOutlined,
  people: TeamOutlined,
  api: ApiOutlined,
};

/** The pages that the reader's rights open, in groups. The chosen area goes along. */
export const SideMenu = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const [{ area }] = useAddress();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const pages = pagesFor(me);
  return (
    <div className="c-menu">
      {(['watch', 'know', 'improve', 'operate'] as const).map((group) => {
        const inside = pages.filter((page) => page.group === group);
        if (inside.length === 0) return null;
        return (
          <section key={group}>
            <h2 className="c-menu-group">{t(`menu.${group}`)}</h2>
            <ul>
              {inside.map((page) => {
                const Sign = ICONS[page.name]!;
                const here = pageAt(path)?.path === page.path;
                return (
                  <li key={page.path}>
                    <Link
                      to={page.path}
                      search={(area ? { area } : {}) as never}
                      className="c-menu-link"
                      aria-current={here ? 'page' : undefined}
                    >
                      <Sign />
                      <span>{t(`menu.${page.name}`)}</span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
};
