export { type LiveCase, liveCases } from './standing.ts';
