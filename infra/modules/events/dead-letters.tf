# A dead-letter topic without a subscription loses what it is given.
locals {
  pubsub_agent = "serviceAccount:service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_topic" "dead_letters" {
  for_each = var.topics

  project                    = var.project_id
  name                       = "${each.key}-dead-letter"
  kms_key_name               = var.kms_key_id
  message_retention_duration = "1209600s"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
    enforce_in_transit          = true
  }
}

resource "google_pubsub_subscription" "dead_letters" {
  for_each = var.topics

  project                    = var.project_id
  name                       = "${each.key}-dead-letter"
  topic                      = google_pubsub_topic.dead_letters[each.key].id
  ack_deadline_seconds       = 60
  enable_message_ordering    = true
  message_retention_duration = "1209600s"

  expiration_policy {
    ttl = ""
  }
}

# Pub/Sub itself forwards: it publishes to the dead letters, and takes from the subscription.
resource "google_pubsub_topic_iam_member" "forwarding_to" {
  for_each = var.topics

  project = var.project_id
  topic   = google_pubsub_topic.dead_letters[each.key].name
  role    = "roles/pubsub.publisher"
  member  = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "forwarding_from" {
  for_each = var.topics

  project = var.project_id
  subscription = (
    each.value.push == null
    ? google_pubsub_subscription.pull[each.key].name
    : google_pubsub_subscription.push[each.key].name
  )
  role   = "roles/pubsub.subscriber"
  member = local.pubsub_agent
}

# Whoever erases a person also takes what lies here of them. On these subscriptions alone: the right to read nothing else.
resource "google_pubsub_subscription_iam_member" "dead_letter_readers" {
  for_each = {
    for pair in setproduct(keys(var.topics), var.dead_letter_subscriber_emails) : join(" ", pair) => { topic = pair[0], email = pair[1] }
  }

  project      = var.project_id
  subscription = google_pubsub_subscription.dead_letters[each.value.topic].name
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:${each.value.email}"
}
