locals {
  runbooks_url = "https://github.com/${var.github.repository}/blob/main/docs/operations"
}

module "audit" {
  source         = "../audit"
  project_id     = var.project_id
  region         = var.region
  kms_key_id     = module.kms.key_ids["logs"]
  retention_days = var.audit_retention_days
}

module "log_metrics" {
  source         = "../log-metrics"
  project_id     = var.project_id
  private_filter = module.audit.private_filter

  depends_on = [module.apis]
}

module "alerts" {
  source                    = "../alerts"
  project_id                = var.project_id
  runbooks_url              = local.runbooks_url
  metric_types              = module.log_metrics.types
  domain                    = var.domain
  email                     = var.alerting.email
  pager_topic               = var.alerting.pager_topic
  expects_traffic           = var.alerting.expects_traffic
  push_subscriptions        = module.events.push_subscriptions
  dead_letter_subscriptions = module.events.dead_letter_subscriptions
  max_instances             = { for name, size in var.sizes : name => size.max_instances }

  depends_on = [module.apis]
}

module "slos" {
  source                = "../slos"
  project_id            = var.project_id
  runbooks_url          = local.runbooks_url
  metric_types          = module.log_metrics.types
  push_subscriptions    = module.events.push_subscriptions
  notification_channels = module.alerts.notification_channels
}

module "dashboards" {
  source       = "../dashboards"
  project_id   = var.project_id
  metric_types = module.log_metrics.types
  token_price  = var.language_model.token_price
}

module "budget" {
  source                = "../budget"
  project_number        = var.project_number
  billing_account       = var.budget.billing_account
  monthly_amount        = var.budget.monthly_amount
  notification_channels = module.alerts.notification_channels
}
