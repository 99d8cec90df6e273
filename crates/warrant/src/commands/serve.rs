//! `warrant init` and `warrant serve`.

use super::{open, store_options};
use crate::cli::{Cli, Init, Serve};
use crate::output::say;
use anyhow::Context;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use warrant_model::scope::Role;
use warrant_service::{Actor, Service, ServiceOptions};
use warrant_web::Settings;

/// Makes a store and its first officer.
pub(crate) async fn init(cli: &Cli, args: &Init) -> anyhow::Result<()> {
    let service = Service::open(ServiceOptions::standard(store_options(cli, "warrant-data"))).await?;
    if let Some(organisation) = service.store().organisation().await? {
        anyhow::bail!("there is a store of {} here already", organisation.name);
    }
    service.initialise(&args.name, 0).await?;
    let role = (Role::Officer, "");
    service.create_account(&Actor::program(), &args.officer, &args.officer, None, role).await?;
    service.rebuild().await?;
    let token = service.one_time_link(&Actor::program(), &args.officer).await?;
    service.close().await?;
    say(&format!("{} is ready. Start `warrant serve`, then sign in once within 30 minutes with", args.name));
    crate::output::print(&format!("http://127.0.0.1:8080/sign-in/{token}"));
    Ok(())
}

/// Serves a store.
pub(crate) async fn serve(cli: &Cli, args: &Serve) -> anyhow::Result<()> {
    let service = open(cli).await?;
    listen(service, args.listen, None, Settings { backups: args.backups.clone() }).await
}

/// Serves until Ctrl-C, then closes the store.
pub(crate) async fn listen(
    service: Service,
    address: SocketAddr,
    token: Option<&str>,
    settings: Settings,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let address = listener.local_addr()?;
    match token {
        Some(token) => {
            let link = format!("http://{address}/sign-in/{token}");
            say(&format!("Open {link} (works once; Ctrl-C stops)"));
            open_in_browser(&link);
        }
        None => say(&format!("Listening on http://{address} (Ctrl-C stops)")),
    }
    let house = tokio::spawn({
        let service = service.clone();
        async move { service.keep_house().await }
    });
    warrant_web::serve_with(service.clone(), settings, listener, stopped()).await?;
    house.abort();
    service.close().await?;
    Ok(())
}

/// Opens a link where there is a desktop to open it on; anywhere else the printed link does.
fn open_in_browser(link: &str) {
    let desktop = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if desktop || cfg!(target_os = "macos") {
        let quiet = std::process::Stdio::null;
        let opened = std::process::Command::new(opener)
            .arg(link)
            .stdin(quiet())
            .stdout(quiet())
            .stderr(quiet())
            .spawn();
        if let Err(error) = opened {
            tracing::debug!(%error, "no browser was opened");
        }
    }
}

async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
