import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Input, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '#org/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { patch } from '../patch.ts';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { AccountForm } from './AccountForm.tsx';
import { useRoles, useUnits } from './org.ts';

interface AccountPage {
  items: Account[];
  total: number;
  nextCursor: string | null;
}

/** The accounts below the reader's own unit. */
export const AccountList = () => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const { message } = App.useApp();
  const me = useMe().data;
  const roles = useRoles();
  const units = useUnits();
  const [{ q, role, area }, change] = useAddress();
  const [editing, setEditing] = useState<Account | 'new' | null>(null);
  const [password, setPassword] = useState<{ login: string; password: string } | null>(null);
  const accounts = useInfiniteQuery({
    queryKey: ['accounts', q, role, area],
    queryFn: ({ signal, pageParam }) =>
      get<AccountPage>('/api/accounts', { q, role, unit: area, limit: 50, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const manages = may(me, 'org:manage');
  const roleName = (id: string) => names.of(roles.data?.items.find((r) => r.id === id)?.names, id);
  const unitName = (code: string) => names.of(units.data?.items.find((u) => u.code === code)?.names, code);
  const alter = async (account: Account, body: { open: boolean } | { password: 'new' }) => {
    try {
      const made = await patch<{ account: Account; password?: string }>(`/api/accounts/${account.id}`, body);
      if (made.password) setPassword({ login: account.login, password: made.password });
      void accounts.refetch();
    } catch (error) {
      void message.error(trouble(error));
    }
  };
  const items = accounts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <search className="c-form-row">
        <Input.Search
          key={q}
          className="c-find"
          allowClear
          defaultValue={q}
          placeholder={t('account.find')}
          aria-label={t('account.find')}
          onSearch={(text) => change({ q: text.trim() || undefined })}
        />
        <Select
          allowClear
          value={role ?? null}
          placeholder={t('account.role')}
          aria-label={t('account.role')}
          popupMatchSelectWidth={false}
          options={roles.data?.items.map((r) => ({ value: r.id, label: names.of(r.names) })) ?? []}
          onChange={(next: string | null) => change({ role: next ?? undefined })}
        />
        {manages && (
          <Button type="primary" className="c-end" onClick={() => setEditing('new')}>
            {t('account.add')}
          </Button>
        )}
      </search>
      {accounts.isPending && <Loading lines={8} />}
      {accounts.error && <Refused error={accounts.error} onAgain={() => void accounts.refetch()} />}
      {accounts.data && items.length === 0 && <Empty title={t('account.none')} icon="person" />}
      {items.length > 0 && (
        <DataTable<Account>
          label={t('people.accounts')}
          rowKey="id"
          dataSource={items}
          scroll={{ x: 900 }}
          columns={[
            { key: 'login', title: t('session.login'), width: 150, render: (_, a) => <span className="c-code">{a.login}</span> },
            { key: 'name', title: t('account.name'), width: 140, dataIndex: 'name' },
            { key: 'role', title: t('account.role'), width: 150, render: (_, a) => roleName(a.role) },
            { key: 'unit', title: t('account.unit'), width: 170, render: (_, a) => unitName(a.unit) },
            {
              key: 'state',
              title: t('column.state'),
              width: 110,
              render: (_, a) => <StateTag state={a.open ? 'done' : 'cancelled'}>{t(a.open ? 'account.open' : 'account.closed')}</StateTag>,
            },
            {
              key: 'seen',
              title: t('account.seen'),
              width: 140,
              render: (_, a) => (a.signedInAt ? <TimeAgo at={a.signedInAt} /> : t('headline.never')),
            },
            ...(manages
              ? [
                  {
                    key: 'act',
                    title: t('column.act'),
                    width: 250,
                    render: (_: unknown, a: Account) => (
                      <span className="c-acts">
                        <Button size="small" onClick={() => setEditing(a)}>
                          {t('account.edit')}
                        </Button>
                        <Popconfirm
                          title={t('account.newPasswordAsk', { login: a.login })}
                          onConfirm={() => void alter(a, { password: 'new' })}
                        >
                          <Button size="small">{t('account.newPassword')}</Button>
                        </Popconfirm>
                        {a.id !== me?.id && (
                          <Popconfirm
                            title={t(a.open ? 'account.closeAsk' : 'account.reopenAsk', { login: a.login })}
                            onConfirm={() => void alter(a, { open: !a.open })}
                          >
                            <Button size="small" danger={a.open}>
                              {t(a.open ? 'account.close' : 'account.reopen')}
                            </Button>
                          </Popconfirm>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {accounts.hasNextPage && (
        <p className="c-more">
          <Button loading={accounts.isFetchingNextPage} onClick={() => void accounts.fetchNextPage()}>
            {t('repair.more')}
          </Button>
        </p>
      )}
      <AccountForm
        account={editing}
        onClose={() => setEditing(null)}
        onMade={(made) => {
          setEditing(null);
          if (made.password) setPassword({ login: made.account.login, password: made.password });
          void accounts.refetch();
        }}
      />
      <Modal
        open={password !== null}
        title={t('account.passwordFor', { login: password?.login ?? '' })}
        footer={null}
        onCancel={() => setPassword(null)}
      >
        <p className="c-soft">{t('account.once')}</p>
        <Input
          readOnly
          value={password?.password ?? ''}
          aria-label={t('session.password')}
          className="c-code"
          onFocus={(e) => e.target.select()}
        />
      </Modal>
    </>
  );
};
