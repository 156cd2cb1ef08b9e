export { forgetCompared, holdComparing } from './forgetting.ts';
