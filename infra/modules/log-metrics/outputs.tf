output "types" {
  description = "Metric → its type, as filters name it."
  value = merge(
    { for name, event in local.events : name => "logging.googleapis.com/user/clarity/${event.service}/${name}" },
    {
      for name, amount in local.amounts :
      name => "logging.googleapis.com/user/clarity/${local.events[amount.event].service}/${name}"
    },
    {
      private_lines    = "logging.googleapis.com/user/${google_logging_metric.private_lines.name}"
      request_duration = "logging.googleapis.com/user/${google_logging_metric.request_duration.name}"
      upload_wait      = "logging.googleapis.com/user/${google_logging_metric.upload_wait.name}"
    },
  )

  depends_on = [google_logging_metric.events, google_logging_metric.amounts]
}

