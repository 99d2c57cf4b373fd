"""Addresses of the positions screens."""

from django.urls import path

from positions import views

app_name = "positions"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("position/<slug:actor>/<slug:issue>/", views.position, name="position"),
    path("timeline/", views.timeline, name="timeline"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("statement/<int:pk>/", views.statement, name="statement"),
    path("methodology/", views.methodology, name="methodology"),
    path("theme/", views.theme, name="theme"),
]
