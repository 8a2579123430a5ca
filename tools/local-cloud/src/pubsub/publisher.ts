import { StatusError } from '../firestore/status.ts'
import type { PubSubParts } from './parts.ts'
import { listPage, type ListRequest } from './paging.ts'
import type { OutgoingMessage, TopicResource } from './protocol.ts'
import type { UnaryWork } from './rpc.ts'
import { checkMessages, checkName } from './validation.ts'

interface TopicRequest {
  readonly topic: string
}

/** The methods of `google.pubsub.v1.Publisher` that are played. */
export function publisherMethods({ store, dispatcher }: PubSubParts) {
  function topicOf(name: string): TopicResource {
    const topic = store.getTopic(name)
    if (!topic) throw new StatusError('NOT_FOUND', `Topic not found: ${name}`)
    return topic
  }

  const CreateTopic: UnaryWork<TopicResource> = (topic) => {
    checkName(topic.name, 'topics')
    if (store.getTopic(topic.name)) throw new StatusError('ALREADY_EXISTS', `Topic exists: ${topic.name}`)
    store.putTopic(topic)
    return topic
  }
  const GetTopic: UnaryWork<TopicRequest> = ({ topic }) => topicOf(topic)
  const ListTopics: UnaryWork<ListRequest & { project: string }> = (request) => {
    const { items, nextPageToken } = listPage(request, `${request.project}/topics/`, store.listTopics)
    return { topics: items, nextPageToken }
  }
  const ListTopicSubscriptions: UnaryWork<ListRequest & TopicRequest> = (request) => {
    topicOf(request.topic)
    const { items, nextPageToken } = listPage(request, '', ({ after, limit }) =>
      store
        .subscriptionsOf(request.topic)
        .filter(({ name }) => name > after)
        .slice(0, limit),
    )
    return { subscriptions: items.map(({ name }) => name), nextPageToken }
  }
  const DeleteTopic: UnaryWork<TopicRequest> = ({ topic }) => {
    store.deleteTopic(topicOf(topic).name)
    return {}
  }
  const Publish: UnaryWork<TopicRequest & { messages: OutgoingMessage[] }> = ({ topic, messages }) => {
    topicOf(topic)
    checkMessages(messages)
    return { messageIds: dispatcher.publish(topic, messages) }
  }
  return { CreateTopic, GetTopic, ListTopics, ListTopicSubscriptions, DeleteTopic, Publish }
}
