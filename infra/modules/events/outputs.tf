output "topic_ids" {
  description = "Topic → its whole name."
  value       = { for name in keys(var.topics) : name => "projects/${var.project_id}/topics/${name}" }

  depends_on = [google_pubsub_topic.this]
}

output "push_subscriptions" {
  description = "Names of the push subscriptions."
  value       = [for topic in keys(local.pushed) : "${topic}-push"]
}

output "dead_letter_subscriptions" {
  description = "Names of the subscriptions that keep dead letters."
  value       = [for topic in keys(var.topics) : "${topic}-dead-letter"]
}

output "without_dead_letters" {
  description = "Subscriptions whose messages would come for ever."
  value = [
    for subscription in concat(values(google_pubsub_subscription.push), values(google_pubsub_subscription.pull)) :
    subscription.name if length(subscription.dead_letter_policy) == 0
  ]
}

output "keys" {
  description = "Keys that encrypt the topics."
  value = distinct([
    for topic in concat(values(google_pubsub_topic.this), values(google_pubsub_topic.dead_letters)) : topic.kms_key_name
  ])
}

