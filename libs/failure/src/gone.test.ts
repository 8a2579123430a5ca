import { unauthenticated } from './failure.ts'
import { accountErased, isGone, uploadDeleted } from './gone.ts'

it('what its owner deleted is gone, whatever else fails is not', () => {
  const others = [unauthenticated('The token is not valid.'), new Error('account-erased'), undefined]
  expect([accountErased(), uploadDeleted(), ...others].map(isGone)).toEqual([true, true, false, false, false])
})

it('an erased account is answered as a caller that nobody knows, a deleted upload as a thing that nobody has', () => {
  expect([accountErased().kind, uploadDeleted().kind]).toEqual(['unauthenticated', 'not-found'])
})
