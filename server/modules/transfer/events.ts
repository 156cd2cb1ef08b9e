/** News of transfers; the service and the parties are named by their ids alone. */
export interface TransferMade {
  readonly type: 'transfer.made';
  readonly transfer: string;
  readonly service: string;
  readonly from: readonly string[];
  readonly to: string;
}

export interface TransferUndone {
  readonly type: 'transfer.undone';
  readonly transfer: string;
  readonly service: string;
}
