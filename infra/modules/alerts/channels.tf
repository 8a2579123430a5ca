resource "google_monitoring_notification_channel" "email" {
  project      = var.project_id
  display_name = "On call, by e-mail"
  type         = "email"
  labels       = { email_address = var.email }
}

resource "google_monitoring_notification_channel" "pager" {
  count = var.pager_topic == null ? 0 : 1

  project      = var.project_id
  display_name = "Paging system"
  type         = "pubsub"
  labels       = { topic = var.pager_topic }
}

locals {
  channels = concat(
    [google_monitoring_notification_channel.email.name],
    google_monitoring_notification_channel.pager[*].name,
  )
}
