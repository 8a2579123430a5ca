import { invalid } from '@clarity/failure'
import type { ModelOrigin } from './import-model.ts'

export interface PublishedModel {
  /** Where the authors' README points to. */
  readonly url: string
  readonly file: string
  readonly origin: ModelOrigin
}

const origin: ModelOrigin = {
  licence: 'CC BY 4.0',
  provenance:
    'Published by the authors of PAT (njacobsonlab/Pretrained-Actigraphy-Transformer, arXiv 2411.15240): masked autoencoding on NHANES actigraphy, 29k file, which the paper itself does not evaluate.',
  quality: null,
}

const dropbox = (path: string): string => `https://www.dropbox.com/scl/fi/${path}&dl=1`

const PUBLISHED: Readonly<Record<string, PublishedModel>> = {
  'pat-s': {
    url: dropbox('12ip8owx1psc4o7b2uqff/PAT-S_29k_weights.h5?rlkey=ffaf1z45a74cbxrl7c9i2b32h'),
    file: 'PAT-S_29k_weights.h5',
    origin,
  },
  'pat-m': {
    url: dropbox('hlfbni5bzsfq0pynarjcn/PAT-M_29k_weights.h5?rlkey=frbkjtbgliy9vq2kvzkquruvg'),
    file: 'PAT-M_29k_weights.h5',
    origin,
  },
  'pat-l': {
    url: dropbox('exk40hu1nxc1zr1prqrtp/PAT-L_29k_weights.h5?rlkey=t1e5h54oob0e1k4frqzjt1kmz'),
    file: 'PAT-L_29k_weights.h5',
    origin,
  },
}

/** The authors' published encoder of that name. Fails `invalid` on any other name. */
export function publishedModel(name: string | undefined): PublishedModel {
  const model = name === undefined ? undefined : PUBLISHED[name]
  if (model === undefined) throw invalid(`Name one of ${Object.keys(PUBLISHED).join(', ')}.`)
  return model
}
