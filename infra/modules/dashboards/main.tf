locals {
  # A chart: what is shown, how series are aligned and joined, and by what they are told apart; or a PromQL query.
  dashboards = {
    "Clarity: golden signals"        = local.golden_signals
    "Clarity: pipeline"              = local.pipeline
    "Clarity: models and their cost" = local.models
  }

  # Two charts a row of 48 columns.
  tiles = {
    for title, charts in local.dashboards : title => [
      for index, chart in charts : {
        xPos   = 24 * (index % 2)
        yPos   = 16 * floor(index / 2)
        width  = 24
        height = 16
        widget = {
          title = chart.title
          xyChart = {
            dataSets = [{
              plotType   = "LINE"
              targetAxis = "Y1"
              timeSeriesQuery = { for kind, query in {
                prometheusQuery = try(chart.promql, null)
                timeSeriesFilter = try({
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = chart.aligner
                    crossSeriesReducer = chart.reducer
                    groupByFields      = chart.by
                  }
                }, null)
              } : kind => query if query != null }
            }]
            yAxis = { scale = "LINEAR" }
          }
        }
      }
    ]
  }
}

resource "google_monitoring_dashboard" "this" {
  for_each = local.tiles

  project = var.project_id
  dashboard_json = jsonencode({
    displayName  = each.key
    mosaicLayout = { columns = 48, tiles = each.value }
  })
}
