import type { Page } from 'playwright-core';

/** Pictures measured and packed by the browser itself, so that no library is needed for it. */

const url = (picture: Buffer): string => `data:image/*;base64,${picture.toString('base64')}`;

/** Which share of the pixels differs visibly; 1 where the sizes do. */
export const differing = (page: Page, a: Buffer, b: Buffer): Promise<number> =>
  page.evaluate(
    async (urls) => {
      const [one, other] = await Promise.all(
        urls.map(async (each) => {
          const picture = await createImageBitmap(await (await fetch(each)).blob());
          const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
          paper.drawImage(picture, 0, 0);
          return paper.getImageData(0, 0, picture.width, picture.height);
        }),
      );
      if (one!.width !== other!.width || one!.height !== other!.height) return 1;
      let n = 0;
      for (let i = 0; i < one!.data.length; i += 4) if ([0, 1, 2].some((c) => Math.abs(one!.data[i + c]! - other!.data[i + c]!) > 8)) n++;
      return n / (one!.data.length / 4);
    },
    [url(a), url(b)],
  );

/** The best WebP of at most so many bytes. */
export const toWebp = async (page: Page, png: Buffer, most: number): Promise<Buffer> => {
  for (const quality of [0.92, 0.85, 0.75, 0.6, 0.4]) {
    const packed = await page.evaluate(
      async ([from, q]) => {
        const picture = await createImageBitmap(await (await fetch(from)).blob());
        const paper = new OffscreenCanvas(picture.width, picture.height);
        paper.getContext('2d')!.drawImage(picture, 0, 0);
        const blob = await paper.convertToBlob({ type: 'image/webp', quality: q });
        return [...new Uint8Array(await blob.arrayBuffer())];
      },
      [url(png), quality] as const,
    );
    if (packed.length <= most) return Buffer.from(packed);
  }
  throw new Error(`a picture does not fit into ${most} bytes`);
};
