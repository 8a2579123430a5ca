export {
  type ApiClient,
  type ApiClientOptions,
  ApiError,
  type ApiSchemas,
  createApiClient,
  dataOf,
} from './api-client.ts'
