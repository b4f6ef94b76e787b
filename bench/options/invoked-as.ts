const { npm_lifecycle_event: script, npm_package_name: ofPackage } = process.env;

/** How the user started this program, so that what we tell them to type works. */
export const PROGRAM =
  script === 'bench' && ofPackage === 'lambda-web-adapter' ? 'npm run bench --' : 'lambda-adapter-bench';
