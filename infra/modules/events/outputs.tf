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

