const { npm_lifecycle_event: script, npm_package_name: ofPackage, INIT_CWD: npmCalledIn } = process.env;
const isNpmStart = script === 'start' && ofPackage === 'lambda-web-adapter';

/** How the user started this program, so that what we tell them to type works. */
export const PROGRAM = isNpmStart ? 'npm start --' : 'lambda-adapter-dev';

/** Where the user is: npm runs scripts in the package's folder instead. */
export const USER_FOLDER = (isNpmStart ? npmCalledIn : undefined) ?? process.cwd();
