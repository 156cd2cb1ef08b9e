import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { LanguageSwitch } from '../../kit/LanguageSwitch.tsx';
import { useSignIn } from '../session.ts';

export const SignInPage = () => {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const trouble = useTrouble();
  return (
    <main className="c-sign-in">
      <title>{`${t('session.in')} · ${t('shell.name')}`}</title>
      <section className="c-sign-in-words" aria-hidden="true">
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1" strokeLinejoin="round" aria-hidden="true">
          <path d="M3 10l9-6 9 6v10H3zM12 4v16M3 12h18" />
        </svg>
        <p>{t('session.promise')}</p>
      </section>
      <section className="c-sign-in-form">
        <h1>{t('shell.name')}</h1>
        <p className="c-soft">{t('session.what')}</p>
        <Form layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)} size="large">
          {signIn.error && <Alert type="error" showIcon title={trouble(signIn.error)} className="c-gap-below" role="alert" />}
          <Form.Item name="login" label={t('session.login')} rules={[{ required: true, message: t('session.loginMissing') }]}>
            <Input autoComplete="username" autoFocus autoCapitalize="none" />
          </Form.Item>
          <Form.Item name="password" label={t('session.password')} rules={[{ required: true, message: t('session.passwordMissing') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('session.in')}
          </Button>
        </Form>
        <p className="c-sign-in-foot">
          <a href="/track">{t('session.customer')}</a>
          <LanguageSwitch />
        </p>
      </section>
    </main>
  );
};
