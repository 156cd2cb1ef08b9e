export { offerScoreRule } from './offered.ts';
export { type LiveCase, liveCases } from './standing.ts';
