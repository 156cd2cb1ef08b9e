export { offerScoreRule } from './offered.ts';
