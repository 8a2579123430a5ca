locals {
  pushed = { for name, topic in var.topics : name => topic.push if topic.push != null }
  pulled = toset([for name, topic in var.topics : name if topic.push == null])

  publishers = merge([
    for name, topic in var.topics : {
      for email in topic.publisher_emails : "${name} ${email}" => { topic = name, email = email }
    }
  ]...)
}

resource "google_pubsub_topic" "this" {
  for_each = var.topics

  project                    = var.project_id
  name                       = each.key
  kms_key_name               = var.kms_key_id
  message_retention_duration = "604800s"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
    enforce_in_transit          = true
  }
}

resource "google_pubsub_subscription" "push" {
  for_each = local.pushed

  project                    = var.project_id
  name                       = "${each.key}-push"
  topic                      = google_pubsub_topic.this[each.key].id
  ack_deadline_seconds       = each.value.ack_deadline_seconds
  enable_message_ordering    = true
  message_retention_duration = "604800s"

  push_config {
    push_endpoint = "${each.value.service_url}/push/${each.key}"

    oidc_token {
      service_account_email = each.value.service_account
      audience              = each.value.service_url
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letters[each.key].id
    max_delivery_attempts = var.max_delivery_attempts
  }

  # Never: an idle subscription is not a forgotten one.
  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription" "pull" {
  for_each = local.pulled

  project                    = var.project_id
  name                       = "${each.key}-pull"
  topic                      = google_pubsub_topic.this[each.key].id
  ack_deadline_seconds       = 60
  enable_message_ordering    = true
  message_retention_duration = "604800s"

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letters[each.key].id
    max_delivery_attempts = var.max_delivery_attempts
  }

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_topic_iam_member" "publishers" {
  for_each = local.publishers

  project = var.project_id
  topic   = google_pubsub_topic.this[each.value.topic].name
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:${each.value.email}"
}

resource "google_pubsub_subscription_iam_member" "pullers" {
  for_each = {
    for pair in setproduct(local.pulled, var.pull_subscriber_emails) : join(" ", pair) => { topic = pair[0], email = pair[1] }
  }

  project      = var.project_id
  subscription = google_pubsub_subscription.pull[each.value.topic].name
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:${each.value.email}"
}
